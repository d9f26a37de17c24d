"""Someone else's stack, in Python: its load balancer is open to the world in two halves.

Run as: python stack.py <pulumi executable> <policy pack folder>. The program runs inline, through Pulumi's
Automation API, so that no language host for Python is needed. Exits 0 when the preview passes, else 1 with the
engine's words on standard output.
"""

import subprocess
import sys

import pulumi
import semver
from pulumi import automation


def program() -> None:
    options = pulumi.ResourceOptions(version="7.0.0")
    group = pulumi.CustomResource(
        "aws:ec2/securityGroup:SecurityGroup",
        "web",
        {
            "ingress": [
                {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/1"]},
                {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["128.0.0.0/1"]},
            ]
        },
        options,
    )
    pulumi.CustomResource(
        "aws:lb/loadBalancer:LoadBalancer", "balancer", {"securityGroups": [group.id]}, options
    )


class Command(automation.PulumiCommand):
    def __init__(self, path: str) -> None:
        self.command = path
        words = subprocess.run([path, "version"], check=True, capture_output=True, text=True).stdout
        self.version = semver.VersionInfo.parse(words.strip().removeprefix("v"))


stack = automation.create_or_select_stack(
    stack_name="test",
    project_name="python-stack",
    program=program,
    opts=automation.LocalWorkspaceOptions(pulumi_command=Command(sys.argv[1])),
)
try:
    print(stack.preview(policy_packs=[sys.argv[2]]).stdout)
except automation.CommandError as error:
    print(error)
    sys.exit(1)
