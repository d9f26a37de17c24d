export { AwsProvider } from "./awsProvider";
