import { checkSubject } from './check-subject.ts';
import { bigQuery } from './emulated-subjects.ts';

checkSubject(bigQuery);
