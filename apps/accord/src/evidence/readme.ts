/** What goes with a bundle, for who verifies it and has never heard of Accord. */
export const readmeOf = (about: {
  member: string;
  from: string;
  to: string;
  exportedAt: string;
}): string => `# Evidence of ${about.member}

Exported ${about.exportedAt} for the time from ${about.from} until before ${about.to}.

## Verify it

    node verify.mjs DIGEST

with Node 20 or later, in this folder, and nothing else: no network, no other software. \`DIGEST\` is the SHA-256 of manifest.json that the export
printed; ask for it by another way than that on which this bundle came (the minutes of the hand-over). The command says what it checked, and ends with 0
and "The bundle is whole.", or with 1 and the first thing that is wrong. It is short and may be read; each check below can be made with \`openssl\` as well.
Whoever altered the bundle may have altered the command with it. So ask \`openssl\` first:

    openssl dgst -sha256 manifest.json       # is DIGEST
    openssl dgst -sha256 verify.mjs          # stands in manifest.json

## What is in it

| file | what |
|---|---|
| audit.ndjson | the log of ${about.member}'s consultations of the joint views, a line each |
| consultations.ndjson | what ${about.member}'s people read at ${about.member}'s own node, a line each |
| events.ndjson | what ${about.member} said on the exchange, an event each; contents are ciphertext |
| keys.json | ${about.member}'s event-signing keys as the registry publishes them: compare with \`GET /v1/members/${about.member}\` of the registry |
| heads.json | where ${about.member}'s own node saw the log end, at earlier times: kept by the member, not by who keeps the log |
| manifest.json | the SHA-256 of every file, and where the three chains end |
| verify.mjs | the command |

A line of audit.ndjson is a JSON array: member, number, id, time, kind (\`read\`: something of the records was served; \`inquiry\`: what was done with them
was asked), user, roles, clearance, purpose, case, route, the records that were returned, whether it is marked as protection, a salted SHA-256 of how far
the joint views had applied each source, and the SHA-256 of the line before it.

    sed -n 1p audit.ndjson | tr -d '\\n' | openssl dgst -sha256       # stands at the end of line 2

A line of consultations.ndjson is a JSON array: number, id, time, user, what was read (\`report-read\`: one; \`report-listed\`: a list), the records that
were returned, the SHA-256 of the line before it (of number 1: 64 zeros), and last its own: the SHA-256 of the line without that last element.

    sed -n 1p consultations.ndjson | sed 's/,"[0-9a-f]*"]$/]/' | tr -d '\\n' | openssl dgst -sha256       # stands at the end of line 1 and before it in line 2

An event's hash is the SHA-256 of its text without \`,"keyid":…,"signature":…\` at its end; the next event holds it as \`previous\`. The last event of each
batch is signed: Ed25519 (RFC 8032) over the 32 bytes of its hash, base64url, by the key of keys.json with that \`kid\`.

## What it shows, and what it doesn't

- No line or event between the first and the last was changed, left out, added or put in another order since it was written: each holds the hash of the one before.
- Nobody but the holder of ${about.member}'s key said what events.ndjson says. Where ${about.member} has revoked a key from an event on (\`until\` in keys.json), what that
  key signed from there on holds the chain together and is nobody's word: the command names those events.
- The log is written by the joint views, not by ${about.member}. Up to the last number in heads.json, ${about.member}'s node had seen this very log at the time given
  there. Lines after it rest on who keeps the joint views. That lines are missing at the end shows where the node had seen them a minute before the end of the time,
  or earlier.
- consultations.ndjson is written by ${about.member}'s own node, and nobody else has kept where it ended: that no line was changed, left out, added or moved shows
  against the digest from the export on, and before it rests on ${about.member}. Its lines name no member, purpose or case: a node has one member and asks for none.
- What isn't in the log doesn't appear: that a consultation is written before it is answered is the software's doing.
`;
