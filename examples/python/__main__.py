import pulumi
from encrypted_edge_encrypted_edge import EncryptedEdge

config = pulumi.Config()
site = EncryptedEdge(
    "site",
    hosted_zone_name=config.require("hostedZoneName"),
    domain_names=[f"www.{config.require('hostedZoneName')}"],
    vpc_id=config.require("vpcId"),
    subnet_ids=config.require_object("subnetIds"),
)
pulumi.export("url", site.url)
pulumi.export("target_group_arn", site.target_group_arn)
