"""Lint contracts, or test data by them, with datacontract-cli: ``odcs.py lint|test FOLDER``.

The data of each ``NAME.odcs.yaml`` in the folder is ``NAME.csv``, ``.jsonl`` or ``.parquet``. Prints by name what
``lint`` does not pass, or what ``test`` finds: of each check the field, the type, the result and the reason.
"""

import json
import logging
import sys
from pathlib import Path

from datacontract.data_contract import DataContract
from open_data_contract_standard.model import OpenDataContractStandard, Server

logging.disable(logging.CRITICAL)
_SERVERS = {
    ".csv": {"format": "csv"},
    ".parquet": {"format": "parquet"},
    ".jsonl": {"format": "json", "delimiter": "new_line"},
}


def lint(path: Path) -> list[str]:
    run = DataContract(data_contract_file=str(path)).lint()
    return [f"{each.name}: {each.reason}" for each in run.checks if each.result.value != "passed"]


def test(path: Path) -> list[list[str]]:
    data = next(each for each in path.parent.glob(f"{path.name.split('.')[0]}.*") if each.suffix in _SERVERS)
    contract = OpenDataContractStandard.from_file(str(path))
    contract.servers = [Server(server="here", type="local", path=str(data), **_SERVERS[data.suffix])]
    run = DataContract(data_contract=contract, server="here").test()
    return [
        [each.field or "", each.type, each.result.value if each.result else "", each.reason or ""]
        for each in run.checks
    ]


judge = {"lint": lint, "test": test}[sys.argv[1]]
contracts = sorted(Path(sys.argv[2]).glob("*.odcs.yaml"))
print(json.dumps({each.name.split(".")[0]: judge(each) for each in contracts}))
