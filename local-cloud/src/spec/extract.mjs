// Extracts what local-cloud has to know of CloudFormation's resource types. See README.md beside this file.
import { readFileSync, writeFileSync, mkdirSync, existsSync, readdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const TYPES = [
  'AWS::ApiGateway::Account', 'AWS::ApiGateway::Authorizer', 'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator', 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage', 'AWS::CloudFront::CachePolicy', 'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl', 'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup', 'AWS::DynamoDB::Table', 'AWS::IAM::ManagedPolicy',
  'AWS::CloudFront::OriginRequestPolicy', 'AWS::IAM::AccessKey', 'AWS::IAM::User',
  'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Alias', 'AWS::Lambda::Function',
  'AWS::Lambda::Permission', 'AWS::Lambda::Version', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
];
const LIMITS = ['enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../main/resources/dev/cloudtask/localcloud/cloudformation/types');
const lintData = process.argv[2];
const botocoreData = process.argv[3];
if (!botocoreData || !existsSync(join(lintData, 'schemas/resources'))) {
  console.error('usage: node extract.mjs …/site-packages/cfnlint/data …/site-packages/botocore/data');
  process.exit(2);
}
const byHand = JSON.parse(readFileSync(join(here, 'by-hand.json'), 'utf8'));

const serviceEnums = JSON.parse(readFileSync(join(here, 'service-enums.json'), 'utf8'));
const models = new Map();

const db = loadAwsServiceSpecSync();
// A definition that the registry's schema writes inline, by the id it has in the database.
const inlineSchemas = new Map();
const ids = Object.fromEntries(
  [...readFileSync(join(lintData, 'schemas/providers/us_east_1.py'), 'utf8')
    .matchAll(/"(AWS::[^"]+)": "([0-9a-f]+)"/g)].map((m) => [m[1], m[2]]));

mkdirSync(out, { recursive: true });
for (const type of TYPES) {
  writeFileSync(join(out, type.replaceAll('::', '-') + '.json'), JSON.stringify(extract(type), null, 1) + '\n');
}
const names = [...db.all('resource')].map((r) => r.cloudFormationType).filter((n) => n.startsWith('AWS::'));
writeFileSync(join(out, '../type-names.txt'), [...new Set(names)].sort().join('\n') + '\n');
console.log(`${TYPES.length} types, ${names.length} names`);

function extract(type) {
  const resource = db.lookup('resource', 'cloudFormationType', 'equals', type).only();
  const registry = JSON.parse(readFileSync(join(lintData, 'schemas/resources', ids[type] + '.json'), 'utf8'));
  const service = serviceLimits(type);
  const definitions = {};
  const spec = {
    typeName: type,
    primaryIdentifier: resource.primaryIdentifier,
    attributes: Object.fromEntries(
      Object.entries(resource.attributes).map(([n, a]) => [n, attributeType(a.type)])
        .sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(resource.tagInformation ? { tags: resource.tagInformation } : {}),
  };
  const top = members(resource.properties, registry, registry, '/properties', service, definitions);
  for (const e of db.follow('usesType', resource)) {
    const d = e.entity;
    const schema = registry.definitions?.[d.name] ?? inlineSchemas.get(d.$id);
    definitions[d.name] = members(d.properties, schema, registry, `/definitions/${d.name}/properties`, service, definitions);
  }
  spec.properties = top.properties;
  if (top.required) spec.required = top.required;
  if (top.oneOfRequired) spec.oneOfRequired = top.oneOfRequired;
  const conditional = (registry.conditionalCreateOnlyProperties ?? []).map((p) => p.split('/')[2]);
  for (const n of conditional) if (spec.properties[n]) spec.properties[n].replace = 'maybe';
  const writeOnly = (registry.writeOnlyProperties ?? []).map((p) => p.replace('/properties/', '').replaceAll('/', '.'));
  if (writeOnly.length) spec.writeOnly = writeOnly;
  spec.definitions = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [path, limits] of Object.entries(byHand[type] ?? {})) {
    const node = find(spec, path);
    Object.assign(limits.items ? node.items : node, limits.items ?? limits);
  }
  for (const [path, shape] of Object.entries(serviceEnums[type] ?? {})) {
    const node = find(spec, path);
    if (node.enum) continue;
    const [model, name] = shape.split('/');
    node.enum = serviceModel(model).shapes[name].enum;
    if (!node.enum) throw new Error(`${shape} is no enumeration`);
    delete node.pattern;
    node.byService = ['enum'];
  }
  return spec;
}

function members(properties, schema, registry, path, service) {
  const resolved = resolve(schema, registry);
  const result = { properties: {} };
  const required = [];
  for (const name of Object.keys(properties).sort()) {
    const p = properties[name];
    const node = convert(p.type, resolved?.properties?.[name], registry);
    for (const [k, v] of Object.entries(service[`${path}/${name}`] ?? {})) {
      node[k] ??= v;
      if (JSON.stringify(node[k]) === JSON.stringify(v)) (node.byService ??= []).push(k);
    }
    if (p.causesReplacement === 'yes') node.replace = 'yes';
    if (p.causesReplacement === 'maybe') node.replace = 'maybe';
    if (p.required || resolved?.required?.includes(name)) required.push(name);
    result.properties[name] = node;
  }
  if (required.length) result.required = required;
  return result;
}

function convert(type, schema, registry) {
  const resolved = pick(resolve(schema, registry), type.type);
  let node;
  switch (type.type) {
    case 'ref': {
      const d = db.get('typeDefinition', type.reference.$ref);
      if (resolved && !inlineSchemas.has(d.$id)) inlineSchemas.set(d.$id, resolved);
      return { type: 'object', ref: d.name };
    }
    case 'array':
      node = { type: 'array', items: convert(type.element, resolved?.items, registry) };
      break;
    case 'map': {
      const value = resolved?.patternProperties ? Object.values(resolved.patternProperties)[0] : resolved?.additionalProperties;
      return { type: 'map', items: convert(type.element, typeof value === 'object' ? value : undefined, registry) };
    }
    case 'union':
      return { type: 'union', anyOf: type.types.map((t) => convert(t, resolved ?? schema, registry)) };
    case 'tag':
      return { type: 'tag' };
    case 'date-time':
      node = { type: 'string' };
      break;
    default:
      node = { type: type.type };
  }
  for (const k of LIMITS) {
    if (resolved?.[k] !== undefined) node[k] = resolved[k];
    else if (k === 'enum' && type.allowedValues) node.enum = type.allowedValues;
  }
  if (resolved?.const !== undefined) node.enum = [resolved.const];
  if (resolved?.uniqueItems === true && type.type === 'array') node.uniqueItems = true;
  return node;
}

function resolve(schema, registry) {
  let s = schema;
  while (s?.$ref) {
    const { $ref, ...rest } = s;
    const target = $ref.split('/').slice(1).reduce((o, k) => o?.[k.replaceAll('~1', '/')], registry);
    s = { ...target, ...rest };
  }
  return s;
}

function pick(schema, kind) {
  const alternatives = schema?.oneOf ?? schema?.anyOf;
  if (!alternatives) return schema;
  const wanted = { ref: 'object', map: 'object', json: 'object', tag: 'object', 'date-time': 'string' }[kind] ?? kind;
  const hit = alternatives.find((a) => [a.type].flat().includes(wanted));
  return hit ? { ...schema, ...hit } : schema;
}

function attributeType(type) {
  return type.type === 'ref' ? 'object' : type.type;
}

function find(spec, path) {
  const [definition, name] = path.includes('.') ? path.split('.') : [null, path];
  const holder = definition ? spec.definitions[definition] : spec;
  const node = holder?.properties?.[name.replace('[]', '')];
  if (!node) throw new Error(`${spec.typeName} has no ${path}`);
  return name.endsWith('[]') ? node.items : node;
}

function serviceModel(name) {
  if (!models.has(name)) {
    const folder = join(botocoreData, name);
    const version = readdirSync(folder).sort().at(-1);
    const file = join(folder, version, 'service-2.json');
    const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(file + '.gz'));
    models.set(name, JSON.parse(text.toString('utf8')));
  }
  return models.get(name);
}

// What cfn-lint took from the services' own models: the service checks it, not CloudFormation.
function serviceLimits(type) {
  const result = {};
  const folder = join(lintData, 'schemas/patches/extensions/all', type.toLowerCase().replaceAll('::', '_'));
  if (!existsSync(folder)) return result;
  for (const file of readdirSync(folder).filter((f) => f === 'smithy.json' || f === 'manual.json' || f === 'boto.json')) {
    for (const op of JSON.parse(readFileSync(join(folder, file), 'utf8'))) {
      const at = op.path.lastIndexOf('/');
      const keyword = op.path.slice(at + 1);
      if (op.op === 'add' && LIMITS.includes(keyword)) (result[op.path.slice(0, at)] ??= {})[keyword] = op.value;
    }
  }
  return result;
}
