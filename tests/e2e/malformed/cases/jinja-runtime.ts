import { inFile, type MalformedCase } from '../malformed-case.ts';

const inOrders = inFile('models/orders.sql');

/** Templates that fail while they are rendered. */
export const jinjaRuntime: readonly MalformedCase[] = [
  {
    name: 'a misspelt function',
    files: { 'models/orders.sql': "select 1 as id from {{ reff('raw_orders') }}\n" },
    stderr: ['Error: models/orders.sql:1:28: "reff" is no macro, package or variable here. Did you mean "ref"?'],
    asProcess: true,
  },
  inOrders(
    'a function of a package that is not installed',
    "select {{ dbt_utils.star(ref('raw_orders')) }} from {{ ref('raw_orders') }}\n",
    'Error: models/orders.sql:1:20: "dbt_utils" is no macro, package or variable here. No packages are installed.',
  ),
  {
    name: 'a misspelt macro',
    files: {
      'models/orders.sql': "select {{ cent('amount') }} as cents\n",
      'macros/cents.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
    },
    stderr: ['Error: models/orders.sql:1:15: "cent" is no macro, package or variable here. Did you mean "cents"?'],
  },
  {
    name: 'a misspelt macro in a macro',
    files: {
      'models/orders.sql': "select {{ euros('amount') }} as euros\n",
      'macros/cents.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
      'macros/euros.sql': '{% macro euros(c) %}\n{{ cent(c) }} / 100\n{% endmacro %}\n',
    },
    stderr: [
      'Error: macros/euros.sql:2:8: "cent" is no macro, package or variable here in macro euros (macros/euros.sql:1), called at models/orders.sql:1. Did you mean "cents"?',
    ],
  },
  {
    name: 'a macro with too many arguments',
    files: {
      'models/orders.sql': "select {{ cents('amount', 2) }} as cents\n",
      'macros/cents.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
    },
    stderr: ["Error: models/orders.sql:1:16: macro 'cents' takes not more than 1 argument(s). Its parameters: c."],
  },
  {
    name: 'a macro with an unknown argument',
    files: {
      'models/orders.sql': "select {{ cents('amount', scale=2) }} as cents\n",
      'macros/cents.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
    },
    stderr: ["Error: models/orders.sql:1:16: macro 'cents' takes no keyword argument 'scale'. Its parameters: c."],
  },
  {
    name: 'a macro with an argument given twice',
    files: {
      'models/orders.sql': "select {{ cents('amount', c=2) }} as cents\n",
      'macros/cents.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
    },
    stderr: ["Error: models/orders.sql:1:16: macro 'cents' takes no keyword argument 'c'. Its parameters: c."],
  },
  inOrders(
    'an unset variable',
    "select '{{ var('currency') }}' as currency\n",
    'Error: models/orders.sql:1:15: var("currency") is not set and has no default. Set it in dbt_project.yml under "vars:" or with --vars \'{"currency": …}\'.',
  ),
  {
    name: 'a misspelt variable',
    files: { 'models/orders.sql': "select '{{ var('curency') }}' as currency\n", 'vars.yml': 'currency: EUR\n' },
    stderr: ['Error: models/orders.sql:1:15: var("curency") is not set and has no default. Did you mean "currency"?'],
  },
  {
    name: 'an unset variable in a macro',
    files: {
      'models/orders.sql': "select '{{ currency() }}' as currency\n",
      'macros/currency.sql': "{% macro currency() %}\n{{ var('currency') }}\n{% endmacro %}\n",
    },
    stderr: [
      'Error: macros/currency.sql:2:7: var("currency") is not set and has no default. Set it in dbt_project.yml under "vars:" or with --vars \'{"currency": …}\'. (in macro currency (macros/currency.sql:1), called at models/orders.sql:1)',
    ],
  },
  inOrders(
    'an unset environment variable',
    "select '{{ env_var('CURRENCY') }}' as currency\n",
    "Error: models/orders.sql:1:19: env_var(\"CURRENCY\") is not set and has no default. Set CURRENCY in the environment, or give a default: env_var('CURRENCY', '…').",
  ),
  {
    name: 'a secret environment variable',
    files: { 'models/orders.sql': "select '{{ env_var('DBT_ENV_SECRET_KEY') }}' as key\n" },
    env: { DBT_ENV_SECRET_KEY: 's3cret' },
    stderr: [
      'Error: models/orders.sql:1:19: env_var("DBT_ENV_SECRET_KEY") is secret and may be used only in profiles.yml and packages.yml.',
    ],
  },
  inOrders(
    'an attribute of nothing',
    'select {{ nothing.here }} as id\n',
    'Error: models/orders.sql:1:18: "nothing" is no macro, package or variable here. No packages are installed.',
  ),
  inOrders(
    'an unknown filter',
    "select {{ 'a' | uper }} as id\n",
    'Error: models/orders.sql:1:17: No filter named \'uper\'. Did you mean "upper"?',
  ),
  inOrders(
    'an unknown test',
    'select {{ 1 is evenn }} as id\n',
    'Error: models/orders.sql:1:13: No test named \'evenn\'. Did you mean "even"?',
  ),
  inOrders(
    'text plus a number',
    "select {{ 'a' + 1 }} as id\n",
    'Error: models/orders.sql:1:15: can only concatenate str (not "int") to str',
  ),
  inOrders('a division by zero', 'select {{ 1 / 0 }} as id\n', 'Error: models/orders.sql:1:13: division by zero'),
  inOrders(
    'a loop over a number',
    '{% for x in 3 %}select {{ x }} as id{% endfor %}\n',
    "Error: models/orders.sql:1:4: 'int' object is not iterable",
  ),
  inOrders(
    'a comparison of text and number',
    "select {{ 'a' < 1 }} as id\n",
    "Error: models/orders.sql:1:15: '<' not supported between instances of 'str' and 'int'",
  ),
  inOrders(
    'a call of something that is no function',
    '{% set x = 3 %}select {{ x() }} as id\n',
    "Error: models/orders.sql:1:27: 'int' object is not callable",
  ),
  inOrders(
    'unpacking of too few values',
    '{% for a, b in [[1]] %}select {{ a }} as id{% endfor %}\n',
    'Error: models/orders.sql:1:8: not enough values to unpack (expected 2, got 1)',
  ),
  inOrders(
    'an error raised by the author',
    "{{ exceptions.raise_compiler_error('Orders need a currency.') }}\n",
    'Error: models/orders.sql:1:35: Orders need a currency.',
  ),
  {
    name: 'an error raised by a macro',
    files: {
      'models/orders.sql': "select {{ checked('amout') }} as amount\n",
      'macros/checked.sql':
        "{% macro checked(name) %}\n  {% if name != 'amount' %}{{ exceptions.raise_compiler_error('No such column: ' ~ name) }}{% endif %}\n{{ name }}\n{% endmacro %}\n",
    },
    stderr: [
      'Error: macros/checked.sql:2:62: No such column: amout (in macro checked (macros/checked.sql:1), called at models/orders.sql:1)',
    ],
  },
  inOrders(
    'a dispatch without any implementation',
    "select {{ adapter.dispatch('cents')('amount') }} as cents\n",
    'Error: models/orders.sql:1:27: adapter.dispatch found no macro "cents". Looked for duckdb__cents, default__cents.',
  ),
  {
    name: 'a macro that calls itself for ever',
    files: {
      'models/orders.sql': 'select {{ again() }} as id\n',
      'macros/again.sql': '{% macro again() %}{{ again() }}{% endmacro %}\n',
    },
    stderr: [
      'Error: macros/again.sql:1:28: Macros or recursive loops are nested more than 150 deep. Does a macro call itself without an end? (in macro again (macros/again.sql:1), called at macros/again.sql:1, 149 times; in macro again (macros/again.sql:1), called at models/orders.sql:1)',
    ],
  },
  inOrders(
    'a range without end in sight',
    '{% for x in range(100000000000) %}{% endfor %}select 1 as id\n',
    'Error: models/orders.sql:1:18: The range has more than 100000 items.',
  ),
  inOrders(
    'text without end in sight',
    "select '{{ 'x' * 10000000000 }}' as id\n",
    'Error: models/orders.sql:1:16: A text would get longer than 50000000 characters.',
  ),
  inOrders(
    'a pattern that is no regular expression',
    "select {{ modules.re.match('(', 'a') }} as id\n",
    "Error: models/orders.sql:1:27: The pattern '(' is no regular expression.",
  ),
  inOrders(
    'an unknown module',
    'select {{ modules.os.getcwd() }} as id\n',
    "Error: models/orders.sql:1:21: 'module object' has no attribute 'os'",
  ),
  inOrders(
    'a way out of the template',
    "select {{ ''.__class__.__mro__ }} as id\n",
    "Error: models/orders.sql:1:23: 'str object' has no attribute '__class__'",
  ),
  inOrders(
    'a way out through a constructor',
    "select {{ [].constructor.constructor('return process')() }} as id\n",
    "Error: models/orders.sql:1:25: 'list object' has no attribute 'constructor'",
  ),
  inOrders(
    'an unknown method of text',
    "select {{ 'a'.uper() }} as id\n",
    "Error: models/orders.sql:1:19: 'str object' has no attribute 'uper'",
  ),
  inOrders(
    'a key a mapping does not have',
    "{% set x = {'a': 1} %}select {{ x['b']['c'] }} as id\n",
    "Error: models/orders.sql:1:39: 'dict object' has no attribute 'b'",
  ),
  {
    name: 'failures in two models',
    files: {
      'models/orders.sql': 'select {{ nope() }} as id\n',
      'models/customers.sql': 'select {{ 1 // 0 }} as id\n',
    },
    stderr: [
      'Error: models/customers.sql:1:13: integer division or modulo by zero',
      'Error: models/orders.sql:1:15: "nope" is no macro, package or variable here. No packages are installed.',
      '2 errors. Nothing was run.',
    ],
  },
  {
    name: 'a hook with an unknown macro',
    files: { 'dbt_project.yml': 'name: shop\non-run-start: "{{ grant_all() }}"\n' },
    stderr: [
      'Error: dbt_project.yml:2:13: "grant_all" is no macro, package or variable here. No packages are installed.',
    ],
  },
  inOrders(
    'a hook of a model with an unknown macro',
    "{{ config(post_hook='{{ grant_all() }}') }}\nselect 1 as order_id, 1 as customer_id, 1 as amount\n",
    'Error: models/orders.sql:1: A hook of model "orders" cannot be rendered: "grant_all" is no macro, package or variable here. No packages are installed.',
  ),
  inOrders(
    'a hook of a model that cannot be read',
    "{{ config(post_hook='grant {{ x') }}\nselect 1 as order_id, 1 as customer_id, 1 as amount\n",
    'Error: models/orders.sql:1: A hook of model "orders" cannot be rendered: Unexpected end of template: a tag is not closed.',
  ),
  {
    name: 'a hook with a ref that does not exist',
    files: { 'dbt_project.yml': 'name: shop\non-run-end: "select * from {{ ref(\'ordrs\') }}"\n' },
    stderr: ['Error: dbt_project.yml:2:22: ref("ordrs") not found. Did you mean "orders"?'],
  },
  inOrders(
    'a config that needs a setting',
    "{{ config.require('owner') }}\nselect 1 as order_id\n",
    'Error: models/orders.sql:1: orders needs the setting "owner". Add it: {{ config(owner=…) }}.',
  ),
];
