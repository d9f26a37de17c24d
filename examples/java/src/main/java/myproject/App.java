package myproject;

import com.encryptededge.encryptededge.EncryptedEdge;
import com.encryptededge.encryptededge.EncryptedEdgeArgs;
import com.pulumi.Pulumi;

public class App {
    public static void main(String[] args) {
        Pulumi.run(context -> {
            var config = context.config();
            var site = new EncryptedEdge("site", EncryptedEdgeArgs.builder()
                .hostedZoneName(config.require("hostedZoneName"))
                .domainNames("www." + config.require("hostedZoneName"))
                .vpcId(config.require("vpcId"))
                .subnetIds(config.requireObject("subnetIds", String[].class))
                .build());
            context.export("url", site.url());
            context.export("targetGroupArn", site.targetGroupArn());
        });
    }
}
