import { inFile, type MalformedCase } from '../malformed-case.ts';

const inOrders = inFile('models/orders.sql');
const inCents = inFile('macros/cents.sql');

/** Templates that cannot be parsed. */
export const jinjaSyntax: readonly MalformedCase[] = [
  {
    name: 'an expression that is never closed',
    files: { 'models/orders.sql': "select 1 as id from {{ ref('raw_orders')\n" },
    stderr: ['Error: models/orders.sql:1:41: Unexpected end of template: a tag is not closed.'],
    asProcess: true,
  },
  inOrders(
    'a statement that is never closed',
    '{% set x = 1\nselect {{ x }} as id\n',
    "Error: models/orders.sql:2:1: Expected the end of the tag, '%}', got 'select'.",
  ),
  inOrders(
    'a comment that is never closed',
    '{# all orders\nselect 1 as id\n',
    "Error: models/orders.sql:1:1: The comment is not closed: no '#}' follows.",
  ),
  inOrders(
    'a string that is never closed',
    "select 1 as id from {{ ref('raw_orders) }}\n",
    'Error: models/orders.sql:1:28: The string is not closed.',
  ),
  inOrders(
    'a parenthesis that is never closed',
    "select 1 as id from {{ ref('raw_orders' }}\n",
    "Error: models/orders.sql:1:41: Unexpected '}': '(' is not closed.",
  ),
  inOrders(
    'a parenthesis too many',
    "select 1 as id from {{ ref('raw_orders')) }}\n",
    "Error: models/orders.sql:1:41: Unexpected ')'.",
  ),
  inOrders(
    'a bracket closed by a parenthesis',
    '{% set x = [1, 2) %}select 1 as id\n',
    "Error: models/orders.sql:1:17: Unexpected ')': '[' is not closed.",
  ),
  inOrders(
    'an if without end',
    "select 1 as id\n{% if target.name == 'dev' %}\nlimit 10\n",
    'Error: models/orders.sql:3:9: Unexpected end of template. Looked for: elif, else, endif.',
  ),
  inOrders('an end without if', 'select 1 as id\n{% endif %}\n', "Error: models/orders.sql:2:4: Unknown tag 'endif'."),
  inOrders(
    'a loop ended as an if',
    '{% for x in [1] %}\nselect {{ x }} as id\n{% endif %}\n',
    "Error: models/orders.sql:3:4: Unknown tag 'endif'. The innermost open block needs one of: endfor, else.",
  ),
  inOrders(
    'a loop without in',
    '{% for x of [1] %}select {{ x }} as id{% endfor %}\n',
    "Error: models/orders.sql:1:10: Expected 'in' after the names of the loop.",
  ),
  inOrders('an else without if', 'select 1 as id\n{% else %}\n', "Error: models/orders.sql:2:4: Unknown tag 'else'."),
  inOrders(
    'an if without condition',
    '{% if %}select 1 as id{% endif %}\n',
    "Error: models/orders.sql:1:7: A value is missing before '%}'.",
  ),
  inOrders(
    'a misspelt tag',
    '{% fro x in [1] %}select {{ x }} as id{% endfor %}\n',
    "Error: models/orders.sql:1:4: Unknown tag 'fro'. Did you mean 'for'?",
  ),
  inOrders('an unknown tag', '{% switch x %}select 1 as id\n', "Error: models/orders.sql:1:4: Unknown tag 'switch'."),
  inOrders(
    'a misspelt end',
    '{% for x in [1] %}select {{ x }} as id{% endfr %}\n',
    "Error: models/orders.sql:1:42: Unknown tag 'endfr'. Did you mean 'endfor'? The innermost open block needs one of: endfor, else.",
  ),
  inOrders(
    'an empty expression',
    'select {{ }} as id\n',
    "Error: models/orders.sql:1:11: A value is missing before '}}'.",
  ),
  inOrders(
    'an operator without operand',
    'select {{ 1 + }} as id\n',
    "Error: models/orders.sql:1:15: A value is missing before '}}'.",
  ),
  inOrders(
    'two values without operator',
    'select {{ 1 2 }} as id\n',
    "Error: models/orders.sql:1:13: Expected the end of the expression, '}}', got '2'.",
  ),
  inOrders(
    'an unknown character',
    'select {{ 1 ? 2 }} as id\n',
    "Error: models/orders.sql:1:13: Unexpected character '?'.",
  ),
  inOrders('a dollar sign', 'select {{ $x }} as id\n', "Error: models/orders.sql:1:11: Unexpected character '$'."),
  inOrders(
    'a set without value',
    '{% set x %}\nselect 1 as id\n',
    'Error: models/orders.sql:2:15: Unexpected end of template. Looked for: endset.',
  ),
  inOrders(
    'a set to nothing',
    '{% set x = %}\nselect 1 as id\n',
    "Error: models/orders.sql:1:12: A value is missing before '%}'.",
  ),
  inOrders(
    'an assignment to a number',
    '{% set 1 = x %}\nselect 1 as id\n',
    "Error: models/orders.sql:1:8: Expected a name to assign to, got '1'.",
  ),
  inOrders(
    'raw without end',
    '{% raw %}\nselect 1 as id\n',
    'Error: models/orders.sql:1:1: The raw block is not closed: no {% endraw %} follows.',
  ),
  inOrders(
    'a keyword argument before a positional one',
    "select 1 as id from {{ ref(name='raw_orders', 'x') }}\n",
    'Error: models/orders.sql:1:27: Invalid order of arguments in a call.',
  ),
  inOrders(
    'a keyword argument twice',
    "{{ config(alias='a', alias='b') }}\nselect 1 as id\n",
    "Error: models/orders.sql:1:27: The argument 'alias' is given twice.",
  ),
  inOrders(
    'an include',
    "{% include 'other.sql' %}\nselect 1 as id\n",
    "Error: models/orders.sql:1:4: The tag 'include' is not available: a template cannot read other files.",
  ),
  inOrders(
    'an extends',
    "{% extends 'base.sql' %}\nselect 1 as id\n",
    "Error: models/orders.sql:1:4: The tag 'extends' is not available: a template cannot read other files.",
  ),
  inCents(
    'a macro without name',
    '{% macro (column) %}{{ column }} * 100{% endmacro %}\n',
    "Error: macros/cents.sql:1:10: Expected a name, got '('.",
  ),
  inCents(
    'a macro that is never closed',
    '{% macro cents(column) %}\n{{ column }} * 100\n',
    'Error: macros/cents.sql:2:19: Unexpected end of template. Looked for: endmacro.',
  ),
  inCents(
    'a macro ended as a test',
    '{% macro cents(column) %}{{ column }} * 100{% endtest %}\n',
    "Error: macros/cents.sql:1:47: Unknown tag 'endtest'. The innermost open block needs one of: endmacro.",
  ),
  inCents(
    'a parameter without default after one with',
    '{% macro cents(scale=2, column) %}{{ column }} * 100{% endmacro %}\n',
    'Error: macros/cents.sql:1:25: A parameter without default follows one with a default.',
  ),
  inCents(
    'two macros of one name',
    '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n{% macro cents(c) %}{{ c }} / 100{% endmacro %}\n',
    'Error: macros/cents.sql:2: Macro "cents" is defined twice. The other one is at macros/cents.sql:1.',
  ),
  {
    name: 'two macros of one name in two files',
    files: {
      'macros/a.sql': '{% macro cents(c) %}{{ c }} * 100{% endmacro %}\n',
      'macros/b.sql': '\n{% macro cents(c) %}{{ c }} / 100{% endmacro %}\n',
    },
    stderr: ['Error: macros/b.sql:2: Macro "cents" is defined twice. The other one is at macros/a.sql:1.'],
  },
  inOrders(
    'a mistake far down',
    "select order_id,\n       customer_id,\n       {% if true %}\n       amount\n       {% endfi %}\nfrom {{ ref('raw_orders') }}\n",
    "Error: models/orders.sql:5:11: Unknown tag 'endfi'. Did you mean 'endif'? The innermost open block needs one of: elif, else, endif.",
  ),
  {
    name: 'mistakes in three files',
    files: {
      'models/orders.sql': 'select {{ 1 + }} as id\n',
      'models/customers.sql': '{% if %}{% endif %}select 1 as id\n',
      'macros/cents.sql': '{% macro cents( %}{% endmacro %}\n',
    },
    stderr: [
      "Error: macros/cents.sql:1:17: Expected a name, got '%'.",
      "Error: models/customers.sql:1:7: A value is missing before '%}'.",
      "Error: models/orders.sql:1:15: A value is missing before '}}'.",
      '3 errors. Nothing was run.',
    ],
  },
];
