export { readMrz, type MachineRead } from './mrz.ts';
export { stateOfIcao } from './states.ts';
