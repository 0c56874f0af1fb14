"""Write docs/agreement/agreement-1.0.schema.json: `python docs/make_schema.py`."""

from __future__ import annotations

import json
from pathlib import Path

from trucewatch.agreement.published import json_schema

FILE = Path(__file__).parent / "agreement" / "agreement-1.0.schema.json"

if __name__ == "__main__":
    FILE.write_text(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
