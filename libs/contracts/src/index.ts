export * from './codes/index.ts';
export * from './problems/problem.ts';
export * from './envelope/index.ts';
export * from './ids/index.ts';
export * from './json/index.ts';
export * from './validation/index.ts';
export * from './schemas/index.ts';
export * from './catalogue/index.ts';
