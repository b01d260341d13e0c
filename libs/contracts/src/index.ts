export * from './codes/access.ts';
export * from './problems/problem.ts';
export * from './envelope/index.ts';
