import type { Rule } from "../rule";
import { albAccessLogging } from "./alb-access-logging";
import { albDefaultActionFailClosed } from "./alb-default-action-fail-closed";
import { albDropInvalidHeaders } from "./alb-drop-invalid-headers";
import { albIngressCloudfrontOnly } from "./alb-ingress-cloudfront-only";
import { albListenerHttpsOnly } from "./alb-listener-https-only";
import { albListenerSecurityPolicy } from "./alb-listener-security-policy";
import { albNoPublicIngress } from "./alb-no-public-ingress";
import { albTargetHttps } from "./alb-target-https";
import { certificateValidated } from "./certificate-validated";
import { cloudfrontEdgeFunctionHttps } from "./cloudfront-edge-function-https";
import { cloudfrontLogging } from "./cloudfront-logging";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";
import { cloudfrontOriginHostHeader } from "./cloudfront-origin-host-header";
import { cloudfrontOriginHttpsOnly } from "./cloudfront-origin-https-only";
import { cloudfrontOriginTlsVersions } from "./cloudfront-origin-tls-versions";
import { cloudfrontViewerHttps } from "./cloudfront-viewer-https";
import { cloudfrontViewerTlsVersion } from "./cloudfront-viewer-tls-version";
import { cloudfrontWebAcl } from "./cloudfront-web-acl";
import { edgeResourcesReadable } from "./edge-resources-readable";
import { prefixListWeight } from "./prefix-list-weight";
import { validationRecordProtected } from "./validation-record-protected";
import { webAclLogging } from "./web-acl-logging";
import { webAclNotEmpty } from "./web-acl-not-empty";

export { edgeResourcesReadable };

/** Every rule of the pack, by name. */
export const rules: readonly Rule[] = [
    albAccessLogging,
    albDefaultActionFailClosed,
    albDropInvalidHeaders,
    albIngressCloudfrontOnly,
    albListenerHttpsOnly,
    albListenerSecurityPolicy,
    albNoPublicIngress,
    albTargetHttps,
    certificateValidated,
    cloudfrontEdgeFunctionHttps,
    cloudfrontLogging,
    cloudfrontOriginAuthenticated,
    cloudfrontOriginHostHeader,
    cloudfrontOriginHttpsOnly,
    cloudfrontOriginTlsVersions,
    cloudfrontViewerHttps,
    cloudfrontViewerTlsVersion,
    cloudfrontWebAcl,
    edgeResourcesReadable,
    prefixListWeight,
    validationRecordProtected,
    webAclLogging,
    webAclNotEmpty,
];
