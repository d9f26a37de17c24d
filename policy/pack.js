require("./bundle/pack");
