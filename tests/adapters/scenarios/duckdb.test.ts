import { checkSubject } from './check-subject.ts';
import { duckDb } from './subjects.ts';

checkSubject(duckDb);
