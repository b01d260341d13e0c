import { describe } from '@jest/globals';
import { openPglite } from './index.ts';
import { databaseContract } from './testing/sql.contract.ts';

describe('PGlite', () => databaseContract(() => openPglite('memory://')));
