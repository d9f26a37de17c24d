"""Runs a Pulumi program for the engine: python runProgram.py PROGRAM [ARGUMENT...]

What the engine says of the run is in the environment, under the names that Pulumi's SDK for Go reads. The exit code 32
says that the user has been told already what is wrong.
"""

import asyncio
import json
import logging
import os
import runpy
import sys
import traceback

try:
    import pulumi
    from pulumi import runtime
except ImportError:
    print(
        f"{sys.executable} has no package pulumi. Run \"rehearse install\", or install the packages of requirements.txt.",
        file=sys.stderr,
    )
    sys.exit(1)

TOLD = 32


def own_part(trace: list, program: str) -> list:
    """The trace from the program's own first line on; a virtual environment may lie beside the program."""
    own = (
        i
        for i, frame in enumerate(trace)
        if frame.filename.startswith(program) and not frame.filename.startswith(sys.prefix + os.sep)
    )
    start = next(own, len(trace))
    return trace[start:]


def main() -> int:
    program = sys.argv[1]
    sys.argv = sys.argv[1:]
    told = os.environ
    runtime.set_all_config(json.loads(told["PULUMI_CONFIG"]), json.loads(told["PULUMI_CONFIG_SECRET_KEYS"]))
    runtime.configure(
        runtime.Settings(
            project=told["PULUMI_PROJECT"],
            stack=told["PULUMI_STACK"],
            organization=told["PULUMI_ORGANIZATION"],
            root_directory=told["PULUMI_ROOT_DIRECTORY"],
            parallel=int(told["PULUMI_PARALLEL"]),
            dry_run=told["PULUMI_DRY_RUN"] == "true",
            monitor=told["PULUMI_MONITOR"],
            engine=told["PULUMI_ENGINE"],
        )
    )
    # When a resource fails, others that wait for it are never asked for their results; that is no news to the user.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    def run() -> None:
        # Like python itself: modules are found beside the program.
        sys.path.insert(0, program if os.path.isdir(program) else os.path.dirname(program))
        runpy.run_path(program, run_name="__main__")

    try:
        loop.run_until_complete(runtime.run_in_stack(run))
        return 0
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
    except Exception as error:
        if str(error) == "resource monitor shut down":
            # The engine has stopped because of what it has told already, such as wrong arguments.
            return TOLD
        trace = traceback.format_list(own_part(traceback.extract_tb(error.__traceback__), program))
        pulumi.log.error("".join(["The program failed:\n", *trace, *traceback.format_exception_only(error)]))
    finally:
        loop.close()
    return TOLD


sys.exit(main())
