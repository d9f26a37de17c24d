require("./bin/pack");
