package main

import (
	encryptededge "github.com/encrypted-edge/pulumi-encrypted-edge/sdk/go/encryptededge"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		cfg := config.New(ctx, "")
		var subnetIds []string
		cfg.RequireObject("subnetIds", &subnetIds)
		site, err := encryptededge.NewEncryptedEdge(ctx, "site", &encryptededge.EncryptedEdgeArgs{
			HostedZoneName: cfg.Require("hostedZoneName"),
			DomainNames:    []string{"www." + cfg.Require("hostedZoneName")},
			VpcId:          pulumi.String(cfg.Require("vpcId")),
			SubnetIds:      pulumi.ToStringArray(subnetIds),
		})
		if err != nil {
			return err
		}
		ctx.Export("url", site.Url)
		ctx.Export("targetGroupArn", site.TargetGroupArn)
		return nil
	})
}
