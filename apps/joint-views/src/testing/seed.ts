/** What generated cases are drawn from. A test's name tells it, so that ACCORD_CASES_SEED=… draws them again. */
export const casesSeed = Number(process.env['ACCORD_CASES_SEED'] ?? Date.now() % 1_000_000);
