import { objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { type Lookup, matchesWildcard, stable } from "../resource";
import table from "./imageTable.json";

type Image = (typeof table.images)[number];

/**
 * Images that programs look for: Amazon Linux and Ubuntu, each in two releases, so that a filter which leaves more than
 * one fails as it does in AWS.
 */
const images: readonly Image[] = table.images;

/** `aws.ec2.getAmi`. Source of the messages: the official provider. */
export function findImage({ args, region }: Pick<Lookup, "args" | "region">): Values {
    const owners = texts(args.owners);
    const pattern = args.nameRegex === undefined ? undefined : new RegExp(text(args.nameRegex));
    const found = images
        .filter(
            (image) =>
                (owners.length === 0 || owners.includes(image.owner) || owners.includes(image.ownerAlias ?? "")) &&
                (pattern === undefined || pattern.test(image.name)) &&
                objects(args.filters).every((filter) => matches(image, text(filter.name), texts(filter.values))),
        )
        .sort((one, other) => other.creationDate.localeCompare(one.creationDate));
    const [first] = found;
    if (first === undefined) {
        const names = [...new Set(images.map(({ name }) => name.replace(/[\d.]*20\d{6}[\d.]*/, "*")))];
        throw new Error(
            `Your query returned no results. Please change your search criteria and try again. The rehearsed account sees: ${names.join(", ")}.`,
        );
    }
    if (found.length > 1 && args.mostRecent !== true) {
        throw new Error(
            "Your query returned more than one result. Please try a more specific search criteria, or set `most_recent` attribute to true.",
        );
    }
    const id = `ami-${stable(`${region} ${first.name}`, 17)}`;
    return {
        id,
        imageId: id,
        arn: `arn:aws:ec2:${region}::image/${id}`,
        name: first.name,
        description: first.description,
        architecture: first.architecture,
        creationDate: first.creationDate,
        imageLocation: `${first.ownerAlias ?? first.owner}/${first.name}`,
        imageOwnerAlias: first.ownerAlias ?? "",
        imageType: "machine",
        ownerId: first.owner,
        rootDeviceName: first.rootDeviceName,
        rootDeviceType: "ebs",
        virtualizationType: "hvm",
        hypervisor: "xen",
        enaSupport: true,
        public: true,
        state: "available",
    };
}

/** A filter of DescribeImages; its values may hold `*` and `?`. One that no image is described by finds none. */
function matches(image: Image, filter: string, values: readonly string[]): boolean {
    const properties: Readonly<Record<string, string>> = {
        name: image.name,
        architecture: image.architecture,
        description: image.description,
        "owner-id": image.owner,
        "owner-alias": image.ownerAlias ?? "",
        "creation-date": image.creationDate,
        "virtualization-type": "hvm",
        "root-device-type": "ebs",
        "image-type": "machine",
        "is-public": "true",
        state: "available",
    };
    const value = properties[filter];
    return value !== undefined && values.some((wanted) => matchesWildcard(wanted, value));
}
