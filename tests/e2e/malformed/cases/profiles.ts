import { inFile, type MalformedCase, withCommand } from '../malformed-case.ts';

const inProfiles = inFile('profiles.yml');

/** Mistakes in profiles.yml and in choosing from it. */
export const profiles: readonly MalformedCase[] = [
  {
    name: 'a profiles.yml that cannot be read',
    files: { 'profiles.yml': 'shop:\n  target: dev\n   outputs: {}\n' },
    stderr: [
      'Error: profiles.yml:3:11: This line is not indented like the keys it belongs to. Items of one list or mapping begin in the same column, and spaces indent them.',
    ],
    asProcess: true,
  },
  inProfiles(
    'a profiles.yml that is a list',
    '- shop\n',
    'Error: profiles.yml:1:1: The file must be a mapping of profiles. Write the name of the profile, and below it "target:" and "outputs:".',
  ),
  {
    name: 'no profile of the name the project gives',
    files: {
      'dbt_project.yml': 'name: shop\nprofile: shpo\n',
      'profiles.yml': 'shop:\n  outputs:\n    default: {type: duckdb}\n',
    },
    stderr: ['Error: profiles.yml: No profile "shpo". Did you mean "shop"? Profiles there: shop.'],
  },
  {
    name: 'a profile flag for a profile that does not exist',
    files: { 'profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n' },
    command: ['build', '--profile', 'stor'],
    stderr: ['Error: profiles.yml: No profile "stor". Did you mean "shop"? Profiles there: shop.'],
  },
  {
    name: 'a target that does not exist',
    files: { 'profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n' },
    command: ['build', '--target', 'prd'],
    stderr: ['Error: profiles.yml:3:3: Profile "shop" has no target "prd". Its targets: dev.'],
  },
  inProfiles(
    'a target that does not exist in an empty profile',
    'shop: {}\n',
    'Error: profiles.yml:1:1: "outputs" of profile "shop" is missing.',
  ),
  inProfiles(
    'a default target that does not exist',
    'shop:\n  target: prod\n  outputs:\n    dev:\n      type: duckdb\n',
    'Error: profiles.yml:3:3: Profile "shop" has no target "prod". Its targets: dev.',
  ),
  inProfiles(
    'a profile that is text',
    'shop: duckdb\n',
    'Error: profiles.yml:1:1: Profile "shop" must be a mapping of keys to values, not "duckdb".',
  ),
  inProfiles(
    'outputs that are a list',
    'shop:\n  target: dev\n  outputs:\n    - type: duckdb\n',
    'Error: profiles.yml:3:3: "outputs" of profile "shop" must be a mapping of keys to values, not a list.',
  ),
  inProfiles(
    'a misspelt key beside outputs',
    'shop:\n  traget: dev\n  outputs:\n    dev:\n      type: duckdb\n',
    'Error: profiles.yml:2:3: Unknown key "traget" in profile "shop". Did you mean "target"?',
  ),
  inProfiles(
    'an output that is text',
    'shop:\n  target: dev\n  outputs:\n    dev: duckdb\n',
    'Error: profiles.yml:4:5: Target "dev" of profile "shop" has no "type". Supported types: duckdb, postgres, bigquery, snowflake.',
  ),
  withCommand(
    'a target flag without any profiles.yml',
    ['build', '--target', 'prod'],
    'Error: No profiles.yml found for target "prod". Looked in profiles.yml, ~/.dbt/profiles.yml.',
  ),
  withCommand(
    'a profiles folder without profiles.yml',
    ['build', '--profiles-dir', 'connections'],
    'Error: No profiles.yml found. Looked in connections/profiles.yml.',
  ),
  inProfiles(
    'no type',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      path: shop.duckdb\n',
    'Error: profiles.yml:4:5: Target "dev" of profile "shop" has no "type". Supported types: duckdb, postgres, bigquery, snowflake.',
  ),
  inProfiles(
    'a misspelt type',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgre\n      host: localhost\n',
    'Error: profiles.yml:5:7: Target "dev" of profile "shop" has the unsupported type "postgre". Did you mean "postgres"? Supported types: duckdb, postgres, bigquery, snowflake.',
  ),
  inProfiles(
    'an unsupported type',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: oracle\n',
    'Error: profiles.yml:5:7: Target "dev" of profile "shop" has the unsupported type "oracle". Supported types: duckdb, postgres, bigquery, snowflake.',
  ),
  inProfiles(
    'a misspelt key of DuckDB',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      paht: shop.duckdb\n',
    'Error: profiles.yml:6:7: Unknown key "paht" in target "dev" of profile "shop". Did you mean "path"?',
  ),
  inProfiles(
    'a path that is a number',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: 3\n',
    'Error: profiles.yml:6:7: "path" of target "dev" of profile "shop" must be text, not 3.',
  ),
  inProfiles(
    'threads that are a word',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      threads: many\n',
    'Error: profiles.yml:6:7: "threads" of target "dev" of profile "shop" must be a whole number from 1, not "many".',
  ),
  inProfiles(
    'no threads at all',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      threads: 0\n',
    'Error: profiles.yml:6:7: "threads" of target "dev" of profile "shop" must be a whole number from 1, not 0.',
  ),
  inProfiles(
    'fewer threads than none',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      threads: -2\n',
    'Error: profiles.yml:6:7: "threads" of target "dev" of profile "shop" must be a whole number from 1, not -2.',
  ),
  inProfiles(
    'a database that the file does not hold',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: shop.duckdb\n      database: store\n',
    'Error: profiles.yml:7:7: Target "dev" of profile "shop" has no database "store". DuckDB names the database of shop.duckdb "shop": write that, or leave "database" out.',
  ),
  inProfiles(
    'a MotherDuck path',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: "md:shop"\n',
    'Error: profiles.yml:6:7: Target "dev" of profile "shop" points at MotherDuck, which is not supported. Use the path of a file, or ":memory:".',
  ),
  inProfiles(
    'settings that are a list',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      settings: [memory_limit]\n',
    'Error: profiles.yml:6:7: "settings" of target "dev" of profile "shop" must be a mapping of keys to values, not a list.',
  ),
  inProfiles(
    'an attachment without path',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      attach:\n        - alias: old\n',
    'Error: profiles.yml:7:11: "attach[1].path" of target "dev" of profile "shop" is missing.',
  ),
  inProfiles(
    'a misspelt key of an attachment',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      attach:\n        - path: old.duckdb\n          readonly: true\n',
    'Error: profiles.yml:8:11: Unknown key "readonly" in "attach[1]" of target "dev" of profile "shop". Did you mean "read_only"?',
  ),
  inProfiles(
    'a connection without host and schema',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      user: shop\n      password: s3cret\n      dbname: shop\n',
    'Error: profiles.yml:4:5: "host" of target "dev" of profile "shop" is missing.',
    'Error: profiles.yml:4:5: "schema" of target "dev" of profile "shop" is missing.',
    '2 errors. Nothing was run.',
  ),
  inProfiles(
    'a connection without password',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:4:5: Target "dev" of profile "shop" lacks "password". Add "password:" to it; env_var() keeps secrets out of the file.',
  ),
  inProfiles(
    'a connection without database',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      schema: public\n',
    'Error: profiles.yml:4:5: Target "dev" of profile "shop" lacks "dbname". Add "dbname:" to it; env_var() keeps secrets out of the file.',
  ),
  inProfiles(
    'a port that is a word',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n      port: default\n',
    'Error: profiles.yml:11:7: "port" of target "dev" of profile "shop" must be a whole number from 1 to 65535, not "default".',
  ),
  inProfiles(
    'a port out of range',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n      port: 70000\n',
    'Error: profiles.yml:11:7: "port" of target "dev" of profile "shop" must be a whole number from 1 to 65535, not 70000.',
  ),
  inProfiles(
    'an unknown sslmode',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n      sslmode: required\n',
    'Error: profiles.yml:11:7: "sslmode" of target "dev" of profile "shop" must be one of disable, allow, prefer, require, verify-ca, verify-full, not "required".',
  ),
  inProfiles(
    'a misspelt password key',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      passwrd: s3cret\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:8:7: Unknown key "passwrd" in target "dev" of profile "shop". Did you mean "password"?',
  ),
  inProfiles(
    'a user that is a list',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: [shop]\n      password: s3cret\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:7:7: "user" of target "dev" of profile "shop" must be text, not a list.',
  ),
  inProfiles(
    'an unset password variable',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: "{{ env_var(\'SHOP_PASSWORD\') }}"\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:8:7: Environment variable "SHOP_PASSWORD" is not set and has no default. Set SHOP_PASSWORD, or write env_var("SHOP_PASSWORD", "a default").',
  ),
  inProfiles(
    'a template that is never closed',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: "{{ env_var(\'SHOP_HOST\') "\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:6:7: Unexpected end of template: a tag is not closed.',
  ),
  inProfiles(
    'an unknown function in a template',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: "{{ environ(\'SHOP_HOST\') }}"\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n',
    "Error: profiles.yml:6:7: 'environ' is undefined. Known here: env_var, var.",
  ),
  inProfiles(
    'a variable that is not given',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: "{{ var(\'host\') }}"\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n',
    'Error: profiles.yml:6:7: var("host") is not set and has no default. Here only variables given with --vars are known.',
  ),
  {
    name: 'a port variable that is a word',
    files: {
      'profiles.yml':
        'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n      port: "{{ env_var(\'SHOP_PORT\') | int }}"\n      retries: "{{ env_var(\'SHOP_PORT\') }}"\n',
    },
    env: { SHOP_PORT: 'abc' },
    stderr: [
      'Error: profiles.yml:11:7: "port" of target "dev" of profile "shop" must be a whole number from 1 to 65535, not 0.',
      'Error: profiles.yml:12:7: "retries" of target "dev" of profile "shop" must be a whole number from 0, not "abc".',
      '2 errors. Nothing was run.',
    ],
  },
  inProfiles(
    'several mistakes at once',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      hots: localhost\n      user: shop\n      password: s3cret\n      port: x\n      schema: 3\n',
    'Error: profiles.yml:4:5: "host" of target "dev" of profile "shop" is missing.',
    'Error: profiles.yml:6:7: Unknown key "hots" in target "dev" of profile "shop". Did you mean "host"?',
    'Error: profiles.yml:9:7: "port" of target "dev" of profile "shop" must be a whole number from 1 to 65535, not "x".',
    'Error: profiles.yml:10:7: "schema" of target "dev" of profile "shop" must be text, not 3.',
    '4 errors. Nothing was run.',
  ),
  {
    name: 'a secret in a value of the wrong type',
    files: {
      'profiles.yml':
        'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: ["{{ env_var(\'DBT_ENV_SECRET_USER\') }}"]\n      password: s3cret\n      dbname: shop\n      schema: public\n',
    },
    env: { DBT_ENV_SECRET_USER: 'hidden-name' },
    stderr: ['Error: profiles.yml:7:7: "user" of target "dev" of profile "shop" must be text, not a list.'],
  },
  {
    name: 'a secret in a wrong choice',
    files: {
      'profiles.yml':
        'shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: localhost\n      user: shop\n      password: s3cret\n      dbname: shop\n      schema: public\n      sslmode: "{{ env_var(\'DBT_ENV_SECRET_MODE\') }}"\n',
    },
    env: { DBT_ENV_SECRET_MODE: 'hidden-mode' },
    stderr: [
      'Error: profiles.yml:11:7: "sslmode" of target "dev" of profile "shop" must be one of disable, allow, prefer, require, verify-ca, verify-full, not "***".',
    ],
  },
  inProfiles(
    'a key given twice',
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: a.duckdb\n      path: b.duckdb\n',
    'Error: profiles.yml:7:7: "path" is given twice in the same mapping. Keep one of them, or merge their values.',
  ),
];
