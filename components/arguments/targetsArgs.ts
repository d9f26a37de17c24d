/** The targets to which a live edge moves. */
export interface NextTargetsArgs {
    /** Protocol from the load balancer to these targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. */
    protocol?: string;

    /** Port of these targets, 1 to 65535. Defaults to 443, or to 80 when their `protocol` is `HTTP`. */
    port?: number;

    /** How these targets are registered: `ip` or `instance`. Defaults to `ip`. */
    type?: string;

    /**
     * Percentage of the requests that these targets get, 0 to 100. Defaults to 0: they get health checks only. Raise it
     * when they are healthy, because a load balancer keeps to the weights even if nobody is healthy.
     * Source: Elastic Load Balancing user guide, "Forward actions" (weighted target groups).
     */
    weight?: number;
}

/** How the load balancer treats its targets. */
export interface TargetsArgs {
    /**
     * Seconds between two health checks of a target, 5 to 300. Defaults to 10 (AWS: 30), so that a new target serves
     * after 20 seconds instead of 150.
     * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
     */
    healthCheckInterval?: number;

    /**
     * Seconds that a health check waits for the response, 2 to 120, less than the interval. Defaults to 5, like AWS.
     */
    healthCheckTimeout?: number;

    /**
     * Successful checks in a row before a target gets requests, 2 to 10. Defaults to 2 (AWS: 5), so that deployments do
     * not wait.
     */
    healthyThreshold?: number;

    /**
     * Failed checks in a row before a target gets no more requests, 2 to 10. Defaults to 3 (AWS: 2), so that one slow
     * garbage collection does not take a target out.
     */
    unhealthyThreshold?: number;

    /**
     * Seconds that a deregistered target has to finish its requests, 0 to 3600. Defaults to 60, the longest that
     * CloudFront waits for a response by default. AWS's default of 300 would delay each deployment. Raise it if
     * `timeouts.originRead` is longer, or for long WebSocket sessions.
     * Source: Elastic Load Balancing user guide, "Deregistration delay".
     */
    deregistrationDelay?: number;

    /**
     * Seconds in which a new target's share of the requests grows, 30 to 900, or 0 for its full share at once. Defaults
     * to 0. Raise it for applications that fill caches or compile when they start.
     * Source: Elastic Load Balancing user guide, "Slow start mode".
     */
    slowStart?: number;

    /**
     * Seconds that a viewer's requests go to the same target, by the load balancer's cookie `AWSALB`, 1 to 604800, or 0
     * for any target. Defaults to 0, which is right for sessions that are kept outside the targets.
     * Source: Elastic Load Balancing user guide, "Sticky sessions for your Application Load Balancer".
     */
    stickinessDuration?: number;
}

/** How long each hop waits for the next. */
export interface TimeoutsArgs {
    /**
     * Seconds that CloudFront waits for the load balancer's response, and for each part of it, 1 to 120. Defaults to 60
     * (AWS: 30). After that the viewer gets a 504. If AWS raised your quota, set a higher value with a transform.
     * Source: CloudFront developer guide, "Response timeout".
     */
    originRead?: number;

    /**
     * Seconds that CloudFront keeps an idle connection to the load balancer, 1 to 120. It is less than
     * `loadBalancerIdle`, so that CloudFront does not use connections that the load balancer closes. Defaults to 30
     * (AWS: 5), which saves most requests a TLS handshake.
     * Source: CloudFront developer guide, "Keep-alive timeout".
     */
    originKeepalive?: number;

    /**
     * Seconds after which the load balancer closes an idle connection, 1 to 4000, at least `originRead`. Defaults to 65
     * (AWS: 60), just above `originRead`. The targets must keep idle connections longer than this, or some requests get
     * a 502: nginx does by default (75), Node.js (5) and gunicorn (2) do not. A WebSocket that is silent for that long
     * is closed: let both ends send a ping more often, or raise it, up to 600, after which CloudFront closes it.
     * Source: Elastic Load Balancing user guide, "Connection idle timeout".
     */
    loadBalancerIdle?: number;
}
