import { checkDemo } from './check-demo.ts';
import { snowflake } from './emulated.ts';

checkDemo(snowflake);
