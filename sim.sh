val() { .venv/bin/python -c "import json;print(json.load(open('/tmp/rv/sim.json'))['$1'])"; }
