import { defineConfig } from "vitest/config";

/**
 * `quick` needs nothing but Node; `journey` and `county` start real browsers, brokers and databases, one file
 * at a time, for a machine of two cores.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "quick",
          include: ["test/{unit,property,contract}/**/*.test.ts", "test/tidy.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "slow",
          include: ["test/{fault,journey,fleet}/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
