/** The targets to which a live edge moves. */
export interface NextTargetsArgs {
    /** Protocol from the load balancer to these targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. */
    protocol?: string;

    /** Port of these targets, 1 to 65535. Defaults to 443, or to 80 when their `protocol` is `HTTP`. */
    port?: number;

    /** What is registered as one of these targets: `ip` or `instance`. Defaults to `ip`. */
    type?: string;

    /**
     * Share of the requests that these targets get, in percent, 0 to 100. Defaults to 0: they are checked, and get
     * nothing. Raise it when they are healthy; a load balancer keeps to the shares even where nobody is healthy.
     * Source: Elastic Load Balancing user guide, "Forward actions" (weighted target groups).
     */
    weight?: number;
}

/** How the load balancer treats its targets. */
export interface TargetsArgs {
    /**
     * Seconds between two health checks of a target, 5 to 300. Defaults to 10, where AWS takes 30: a new target serves
     * after 20 seconds instead of 150.
     * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
     */
    healthCheckInterval?: number;

    /** Seconds that a health check waits for the answer, 2 to 120, less than the interval. Defaults to 5, as AWS takes. */
    healthCheckTimeout?: number;

    /**
     * Successful checks in a row after which a target gets requests, 2 to 10. Defaults to 2, where AWS takes 5, so that
     * deployments do not wait.
     */
    healthyThreshold?: number;

    /**
     * Failed checks in a row after which a target gets no more requests, 2 to 10. Defaults to 3, where AWS takes 2: one
     * slow moment of a garbage collector is not the end of a target.
     */
    unhealthyThreshold?: number;

    /**
     * Seconds that a target which is taken out may finish its requests, 0 to 3600. Defaults to 60, the longest that
     * CloudFront waits for an answer by default; AWS takes 300, and each deployment waits as long. With longer
     * `timeouts.originRead` or long WebSocket sessions raise it.
     * Source: Elastic Load Balancing user guide, "Deregistration delay".
     */
    deregistrationDelay?: number;

    /**
     * Seconds in which a new target gets a growing share of the requests, 30 to 900, or 0 for its full share at once.
     * Defaults to 0. Raise it for applications that fill caches or compile when they start.
     * Source: Elastic Load Balancing user guide, "Slow start mode".
     */
    slowStart?: number;

    /**
     * Seconds that a viewer's requests go to the same target, by a cookie of the load balancer (`AWSALB`), 1 to 604800, or
     * 0 for any target. Defaults to 0; a session that lives outside the targets needs none.
     * Source: Elastic Load Balancing user guide, "Sticky sessions for your Application Load Balancer".
     */
    stickinessDuration?: number;
}

/** How long each hop waits for the next. */
export interface TimeoutsArgs {
    /**
     * Seconds that CloudFront waits for the load balancer's answer, and for each part of it, 1 to 120. Defaults to 60; AWS
     * takes 30. After that the viewer gets a 504. Where AWS raised the quota of an account, a transform writes more.
     * Source: CloudFront developer guide, "Response timeout".
     */
    originRead?: number;

    /**
     * Seconds that CloudFront keeps an idle connection to the load balancer, 1 to 120, less than `loadBalancerIdle`, or it
     * would use connections that the load balancer closes. Defaults to 30, where AWS takes 5: a TLS handshake less for
     * most requests.
     * Source: CloudFront developer guide, "Keep-alive timeout".
     */
    originKeepalive?: number;

    /**
     * Seconds after which the load balancer closes a connection on which nothing moves, 1 to 4000, at least `originRead`.
     * Defaults to 65, just above `originRead`; AWS takes 60. The targets keep idle connections longer than this, or
     * some requests are answered 502: nginx does by default (75), Node.js (5) and gunicorn (2) do not. A WebSocket is cut
     * after so much silence: let both ends send a ping more often, or raise it up to 600, where CloudFront cuts.
     * Source: Elastic Load Balancing user guide, "Connection idle timeout".
     */
    loadBalancerIdle?: number;
}
