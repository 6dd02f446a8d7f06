import { calling, element, map, ofFlow, SHORT, script } from './build.js';
import type { Input, Topic } from './rows.js';

const readme = (text: string): Input => ofFlow(SHORT, { 'README.md': `# Order\n\n${text}\n` });

const sending = (headers: Readonly<Record<string, string>>): Input =>
  calling({ url: 'https://x.test', headers: map(headers) });

/** Rules about secrets in files. */
export const secret: Topic = {
  'secret-literal': {
    finds: {
      'a private key': readme('-----BEGIN RSA PRIVATE KEY-----'),
      'a bearer token': script("next(null, 'Bearer 8f14e45fceea167a5a36dedd4bea2543');\n"),
      'a user and password': script("next(null, 'Basic dXNlcjpwYXNzd29yZA==');\n"),
      'a web token': readme('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmb3J0bm94In0.c2lnbmF0dXJl'),
      "a Hub's token": readme('YXBwOnMzY3JldC1vZi10aGUtaHVi'),
      'a token with the prefix of its maker': readme('AKIA2E0A8F3B244C9986'),
      'a password in an address': readme('https://admin:hunter22@hub.example.com/'),
      'a password in quotes': script("const password = 'korrekt4Hast';\nnext(null, password);\n"),
      'a token of another scheme': sending({
        authorization: 'Token 9f8e7d6c5b4a39281706f5e4d3c2b1a0c4e8f7a2',
      }),
      'a token without a scheme': sending({ 'x-auth-token': 'b7Kq2mX9vT4nR8wZ1pL6' }),
      'a subscription key': sending({
        'ocp-apim-subscription-key': '4f8a1c2e9b7d4e6fa0c3b5d7e9f1a2b4',
      }),
      'a header of a script': script(
        "next(null, { Authorization: 'Token token=9f8e7d6c5b4a39281706f5e4d3c2b1a0' });\n",
      ),
      'a token in an address': calling({
        url: 'https://x.test/orders?token=9f8e7d6c5b4a39281706f5e4d3c2b1a0',
      }),
      'an id that is a token': sending({ token: '5d0c9a1e-7f3b-4c2d-8e6a-1b9f0d3c7a52' }),
      'a token with what it is for': element(
        "name: 'crm', helpText: 'Like crm_live_7f3c91d2e8b64a05b1d9c0e4a7f26831'",
      ),
      'a field that begins with its secret': element("name: 'token', value: 'k9x2-w7q4-z1m8'"),
      'a field that shows its secret': element(
        "name: 'apiKey', placeholder: '9f8e7d6c5b4a39281706'",
      ),
      'a long value of another field': element(
        "name: 'connection', value: '9f8e7d6c5b4a39281706f5e4d3c2b1a0c4e8f7a2'",
      ),
      'a secret in a map': calling({
        url: 'https://x.test',
        headers: map({ client_secret: 'p9Xw3kQz71Lm' }),
      }),
    },
    nearMisses: {
      'a place for a token': readme('authorization: Bearer <token>'),
      'a password to be filled in': readme('password: "your-password1"'),
      'the name of a variable': readme('client_secret: "${FORTNOX_APP_CLIENTSECRET}"'),
      'the key of a setting': script("next(null, { client_secret: '_fortnox_app_2' });\n"),
      'a path': readme("secret: '/etc/onify/secret1'"),
      'an expression': calling({
        url: 'https://x.test',
        headers: map({ client_secret: '${environment.variables.secret1}' }),
      }),
      'the name of a field': script("next(null, { access_token: 'field2_of_answer' });\n"),
      'a sample that is cut short': readme('"access_token": "abc123..."'),
      'a port and an at sign': readme('https://example.com:8181/path@2x'),
      'a name in words': readme("password: 'PasswordOfTheUser'"),
      'a header to be filled in': sending({ authorization: 'Token YOUR_KEY_OF_40_CHARACTERS_1' }),
      'a header with an expression': sending({
        authorization: 'Token ${environment.output.settings.token4you}',
      }),
      'a header in words': sending({ authorization: 'the-token-of-the-2nd-user-of-3' }),
      'digits in their order': sending({ 'x-token': '0123456789abcdef0123456789abcdef' }),
      'the same letter many times': sending({ token: 'x1x1xxxxxxxxxxxxxxxxxxxxxxxx' }),
      'a hash of something else': sending({ etag: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' }),
      'an id of something else': element("name: 'item', value: '9f8e7d6c5b4a39281706f5e4d3c2b1a0'"),
      'a field that begins with a live value': element("name: 'token', value: '{key2}'"),
      'a field that shows a sample': element("name: 'token', placeholder: 'AB12-CD34-EF56'"),
      'a field that tells what to fill in': element("name: 'token', placeholder: 'Your token 1'"),
      'a sentence with a number': readme('password: "At least 12 letters"'),
    },
  },
};
