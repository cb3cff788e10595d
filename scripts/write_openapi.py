"""The API as an OpenAPI document on standard output: what the console's typed client is generated from."""

import json
import sys

from fastapi import FastAPI

from proli import __version__, wiring


def main() -> None:
    app = FastAPI(title="Proli", version=__version__)
    for router in wiring.load_routers():
        app.include_router(router)
    json.dump(app.openapi(), sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
