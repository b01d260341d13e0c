// Jest runs the TypeScript sources as ES modules; `#lib` imports resolve to sources by the condition "source".
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testMatch: ['<rootDir>/**/*.spec.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'nodenext' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Most tests wait for a server or a disk: two keep two cores busy.
  maxWorkers: 2,
  // Databases in the process leave memory behind that only a new process gives back: far more than the heap, which is what is counted here.
  workerIdleMemoryLimit: '400MB',
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // A hang's end, no measure of speed: machines that run the tests are shared and slow at times.
  testTimeout: 120_000,
};
