{# A UTC timestamp as the wall clock of a timezone. #}
{% macro at_timezone(timestamp, timezone) %}
    {{- return(adapter.dispatch('at_timezone', 'strata')(timestamp, timezone)) -}}
{% endmacro %}

{% macro default__at_timezone(timestamp, timezone) %}
    {{- return("((" ~ timestamp ~ ") at time zone 'UTC' at time zone '" ~ timezone ~ "')") -}}
{% endmacro %}

{% macro snowflake__at_timezone(timestamp, timezone) %}
    {{- return("convert_timezone('UTC', '" ~ timezone ~ "', " ~ timestamp ~ ")") -}}
{% endmacro %}

{% macro bigquery__at_timezone(timestamp, timezone) %}
    {{- return("timestamp(datetime(" ~ timestamp ~ ", '" ~ timezone ~ "'))") -}}
{% endmacro %}
