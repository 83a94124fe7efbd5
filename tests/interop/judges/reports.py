"""Test data by a contract on the command line of datacontract-cli: ``reports.py CONTRACT DATA``; prints its JSON."""

import subprocess
import sys
from pathlib import Path

from open_data_contract_standard.model import OpenDataContractStandard, Server

path, data = Path(sys.argv[1]), sys.argv[2]
contract = OpenDataContractStandard.from_file(str(path))
contract.servers = [Server(server="here", type="local", path=data, format="csv")]
path.write_text(contract.to_yaml(), encoding="utf-8")
written = path.with_suffix(".json")
told = ["test", str(path), "--server", "here", "--output", str(written), "--output-format", "json"]
subprocess.run([str(Path(sys.executable).parent / "datacontract"), *told], capture_output=True, check=False)
print(written.read_text(encoding="utf-8"))
