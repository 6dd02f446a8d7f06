import { calling, map, ofFlow, SHORT, script } from './build.js';
import type { Input, Topic } from './rows.js';

const readme = (text: string): Input => ofFlow(SHORT, { 'README.md': `# Order\n\n${text}\n` });

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
      'a sentence with a number': readme('password: "At least 12 letters"'),
    },
  },
};
