import { checkInterruptions } from './check-interruptions.ts';
import { bigQuery } from './emulated.ts';

checkInterruptions(bigQuery);
