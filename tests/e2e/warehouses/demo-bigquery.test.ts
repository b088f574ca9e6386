import { checkDemo } from './check-demo.ts';
import { bigQuery } from './emulated.ts';

checkDemo(bigQuery);
