{#
    Reads JSON from text. Null gives null, the text `null` the null of JSON; text that is not JSON
    is an error. Long numbers may be rounded.
#}
{% macro parse_json(text) %}
    {{- return(adapter.dispatch('parse_json', 'strata')(text)) -}}
{% endmacro %}

{% macro default__parse_json(text) %}
    {{- return('cast(' ~ text ~ ' as ' ~ strata.json_type() ~ ')') -}}
{% endmacro %}

{% macro snowflake__parse_json(text) %}
    {{- return('parse_json(' ~ text ~ ')') -}}
{% endmacro %}

{% macro bigquery__parse_json(text) %}
    {#- By default a number that a double cannot hold is an error. -#}
    {{- return('parse_json(' ~ text ~ ", wide_number_mode => 'round')") -}}
{% endmacro %}
