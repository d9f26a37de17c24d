// The same mutants die in every run: properties draw the same values, fewer than in the tests, since a mutant that
// survives meets every test that reaches it; and a failing one is not made smaller first.
require("fast-check").configureGlobal({ seed: 1, numRuns: 25, endOnFailure: true });
