// Loading the package starts the pack.
require("@encrypted-edge/policy/pack");
