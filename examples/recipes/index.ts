// One edge for each recipe, and a plain one to compare them with.
import "./plain";
import "./cache-policy";
import "./content-security-policy";
import "./geo-restriction";
import "./hsts-preload";
import "./http3-off";
import "./kms-on-logs";
import "./origin-shield";
import "./price-class";
import "./real-time-metrics";
import "./request-headers";
import "./tags";
