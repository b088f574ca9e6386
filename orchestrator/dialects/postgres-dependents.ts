import type { Relation } from '../manifest/relation.ts';
import { relationType } from './postgres-catalog.ts';
import { quoteText, renderQuotedRelation } from './quoting.ts';

/**
 * What hangs on a relation, in one query: views and materialized views that read it, whoever owns them, and what else
 * the server would drop with it or refuse to drop it for. The rule that holds a view's query depends on each column it
 * names; on the relation alone where it names none (count(*)) or the whole row.
 */
export function listPostgresDependents(relation: Relation, successor?: Relation): string {
  return [
    'with target as (',
    '    select c.*, n.nspname, s.oid as successor, s.relowner as new_owner, s.relacl as new_acl',
    '    from pg_catalog.pg_class as c',
    '    inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace',
    `    left join pg_catalog.pg_class as s on s.oid = ${findRelation(successor)}`,
    `    where c.oid = ${findRelation(relation)}`,
    ')',
    ...readers,
    'union all',
    ...objects,
    'union all',
    ...grants,
    'union all',
    ...columnGrants,
    'union all',
    ...comments,
    'union all',
    ...settings,
    'order by 2, 3, 4',
  ].join('\n');
}

/**
 * Whether anything may hang on a relation at all: one row where it does. Most tables have nothing, and planning the
 * whole query for each of them would cost more than building them.
 */
export function probePostgresDependents(relation: Relation, successor?: Relation): string {
  return [
    'select 1 from pg_catalog.pg_class as c',
    `left join pg_catalog.pg_class as s on s.oid = ${findRelation(successor)}`,
    `where c.oid = ${findRelation(relation)} and (`,
    '    c.relacl is distinct from s.relacl or c.relowner <> s.relowner or c.reloptions is not null',
    "    or c.relrowsecurity or c.relforcerowsecurity or (c.relkind = 'r' and c.relreplident <> 'd')",
    '    or exists (select 1 from pg_catalog.pg_depend as d',
    "        where d.refclassid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass)",
    "        and d.refobjid in (c.oid, c.reltype) and d.classid <> 'pg_catalog.pg_attrdef'::regclass",
    "        and (d.deptype = 'n' or d.deptype = 'a' and d.classid not in",
    "            ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass)))",
    '    or exists (select 1 from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attacl is not null)',
    '    or exists (select 1 from pg_catalog.pg_description as d',
    "        where d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass)",
    ')',
  ].join('\n');
}

/** A relation's oid as an expression, null where it does not exist. */
export function findRelation(relation: Relation | undefined): string {
  if (relation === undefined) return 'null::oid';
  return `to_regclass(${quoteText(renderQuotedRelation({ ...relation, database: null }))})`;
}

const columnList = "coalesce(json_agg(distinct a.attname) filter (where a.attname is not null), '[]')::text";

const readers = [
  `select current_database() as database, n.nspname as schema, c.relname as identifier, ${relationType} as type,`,
  '    pg_catalog.pg_get_userbyid(c.relowner) as owner, pg_catalog.pg_get_viewdef(c.oid) as definition,',
  `    ${columnList} as columns`,
  'from target as t',
  "inner join pg_catalog.pg_depend as d on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = t.oid",
  'inner join pg_catalog.pg_rewrite as r on r.oid = d.objid',
  'inner join pg_catalog.pg_class as c on c.oid = r.ev_class',
  'inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace',
  'left join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum = d.refobjsubid and a.attnum > 0',
  "where d.classid = 'pg_catalog.pg_rewrite'::regclass and c.oid <> t.oid",
  'group by c.oid, c.relname, c.relkind, c.relowner, n.nspname',
];

/** Whatever depends on the table or its row type, except its own indexes, defaults, sequences and constraints. */
const objects = [
  'select current_database(), t.nspname, pg_catalog.pg_describe_object(d.classid, d.objid, 0),',
  "    case when max(k.contype::text) = 'f' then 'foreign_key' else 'object' end,",
  "    pg_catalog.pg_get_userbyid(t.relowner), '',",
  `    ${columnList}`,
  'from target as t',
  "cross join lateral (values ('pg_catalog.pg_class'::regclass, t.oid), ('pg_catalog.pg_type'::regclass, t.reltype))",
  '    as w (class, id)',
  'inner join pg_catalog.pg_depend as d on d.refclassid = w.class and d.refobjid = w.id',
  "left join pg_catalog.pg_constraint as k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid",
  "left join pg_catalog.pg_class as o on d.classid = 'pg_catalog.pg_class'::regclass and o.oid = d.objid",
  "left join pg_catalog.pg_rewrite as r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid",
  'left join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum = d.refobjsubid and a.attnum > 0',
  "where d.deptype in ('n', 'a') and d.classid <> 'pg_catalog.pg_attrdef'::regclass",
  '    and (k.oid is null or k.conrelid <> t.oid)',
  "    and (o.oid is null or o.relkind not in ('i', 'I', 't', 'S'))",
  "    and (r.oid is null or (r.ev_class = t.oid and r.rulename <> '_RETURN')",
  "        or (r.ev_class <> t.oid and w.class = 'pg_catalog.pg_type'::regclass))",
  'group by t.nspname, t.relowner, d.classid, d.objid',
];

const granted = (privilege: string) =>
  `string_agg(format('grant %s${privilege} on %I.%I to %s%s', x.privilege_type, ` +
  "t.nspname, t.relname, case x.grantee when 0 then 'public' else quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) " +
  "end, case when x.is_grantable then ' with grant option' else '' end), ';\n')";

/** Rights that a new relation of ours would not have by default. */
const grants = [
  "select current_database(), t.nspname, 'rights of ' || string_agg(distinct case x.grantee when 0 then 'public'",
  "    else pg_catalog.pg_get_userbyid(x.grantee)::text end, ', '), 'grant',",
  `    pg_catalog.pg_get_userbyid(t.relowner), ${granted('')}, '[]'`,
  'from target as t',
  'cross join lateral pg_catalog.aclexplode(t.relacl) as x',
  'where t.relacl is distinct from t.new_acl and x.grantee <> t.relowner',
  'group by t.nspname, t.relowner',
];

const columnGrants = [
  "select current_database(), t.nspname, 'rights on column ' || a.attname, 'grant',",
  `    pg_catalog.pg_get_userbyid(t.relowner), ${granted("(' || quote_ident(a.attname) || ')")},`,
  '    json_build_array(a.attname)::text',
  'from target as t',
  'inner join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attacl is not null and not a.attisdropped',
  'cross join lateral pg_catalog.aclexplode(a.attacl) as x',
  'group by t.nspname, t.relowner, a.attname',
];

const comments = [
  "select current_database(), t.nspname, coalesce('comment on column ' || a.attname, 'comment'), 'comment',",
  '    pg_catalog.pg_get_userbyid(t.relowner), d.description,',
  "    case when a.attname is null then '[]' else json_build_array(a.attname)::text end",
  'from target as t',
  "inner join pg_catalog.pg_description as d on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = t.oid",
  'left join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum = d.objsubid and a.attnum > 0',
];

const settings = [
  "select current_database(), t.nspname, v.name, 'setting', pg_catalog.pg_get_userbyid(t.relowner), v.definition, '[]'",
  'from target as t',
  'cross join lateral (values',
  "    (t.relrowsecurity or t.relforcerowsecurity, 'its row security', ''),",
  "    (t.relkind = 'r' and t.relreplident <> 'd', 'its replica identity', ''),",
  "    (t.relkind = 'r' and t.reloptions is not null, 'its storage parameters', ''),",
  "    (t.relkind = 'v' and t.reloptions is not null, 'its options',",
  "        format('alter view %I.%I set (%s)', t.nspname, t.relname, array_to_string(t.reloptions, ', '))),",
  "    (t.relowner <> t.new_owner, 'its owner ' || pg_catalog.pg_get_userbyid(t.relowner), '')",
  ') as v (applies, name, definition)',
  'where v.applies',
];
