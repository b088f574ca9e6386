import { checkInterruptions } from './check-interruptions.ts';
import { snowflake } from './emulated.ts';

checkInterruptions(snowflake);
