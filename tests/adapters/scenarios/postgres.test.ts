import { checkSubject } from './check-subject.ts';
import { postgres } from './subjects.ts';

checkSubject(postgres);
