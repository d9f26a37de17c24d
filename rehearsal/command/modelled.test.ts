import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { noteSubject, readSubjects } from "../subjects";
import { modelledLine, versionLines, warningLines } from "./modelled";

describe("what a run tells of its resources", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "subjects-"));
    after(() => rmSync(directory, { recursive: true }));
    const one = "The one resource is modelled. Pulumi's own counts include the stack and its components.";
    const subject = (name: string, type: string, isModelled: boolean) => ({
        urn: `urn::${type}::${name}`,
        type,
        isModelled,
    });

    it("names the types that no service models, with their number, and counts each resource once", () => {
        const file = path.join(directory, "1");
        for (const each of [
            subject("a", "aws:lb/listener:Listener", true),
            subject("a", "aws:ecs/service:Service", false),
            subject("b", "aws:ecs/service:Service", false),
            subject("a", "aws:ecs/cluster:Cluster", false),
            // The update after the preview.
            subject("a", "aws:lb/listener:Listener", true),
            // What a replacement and the end of a resource delete is not the program's.
            { ...subject("a", "aws:ecs/service:Service", false), isDeleted: true },
            { ...subject("c", "aws:ecs/service:Service", false), isDeleted: true },
        ]) {
            noteSubject(each, file);
        }
        assert.equal(
            modelledLine(readSubjects(file)),
            "1 of 4 resources are modelled; not: aws:ecs/cluster:Cluster, aws:ecs/service:Service (2). Of these, only names and types of inputs are checked, and what AWS itself would assign is made up. Pulumi's own counts include the stack and its components.",
        );
    });
    it("hands on a warning under the resource's name", () => {
        const record = { ...subject("www", "aws:route53/record:Record", true), warning: "Look here." };
        assert.deepEqual(warningLines([record, subject("a", "aws:s3/bucket:Bucket", true)]), ["www: Look here."]);
    });
    it("is short where all are, and silent where there are none", () => {
        assert.equal(modelledLine([subject("a", "aws:s3/bucket:Bucket", true)]), one);
        assert.equal(modelledLine(readSubjects(path.join(directory, "none"))), undefined);
    });
    it("names an SDK by whose version nothing was checked, and how to have it checked", () => {
        const provider = (asked: string) => ({
            ...subject(`default_${asked}`, "pulumi:providers:aws", true),
            versions: { asked, checked: "7.48.0" },
        });
        const noted = [provider("7.48.0"), provider("5.43.0"), subject("a", "aws:s3/bucket:Bucket", true)];
        assert.deepEqual(versionLines(noted), [
            'The program uses version 5.43.0 of the aws provider\'s SDK, and the rehearsal has checked it by version 7.48.0. To check it by its own, run "npm install --no-save @pulumi/aws@5.43.0" in the project.',
        ]);
        assert.equal(modelledLine(noted), one);
    });
});
