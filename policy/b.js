require("./bin/bundle.js");
