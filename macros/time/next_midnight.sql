{#
  The first midnight at or after a moment, as a date: a row that landed at that moment is known
  at every as_of from this date on. `grace_hours` moves the moment back.
#}
{% macro next_midnight(timestamp, grace_hours=0) %}
    {%- set moment = reporting_time(timestamp) -%}
    {%- if grace_hours > 0 -%}
        {%- set moment = dbt.dateadd('hour', -grace_hours, moment) | trim -%}
    {%- endif -%}
    {%- set day_later = dbt.dateadd('day', 1, moment) | trim -%}
    {{ return(date_plus(day_later, -1, 'microsecond')) }}
{% endmacro %}
