import { checkSubject } from './check-subject.ts';
import { snowflake } from './emulated-subjects.ts';

checkSubject(snowflake);
