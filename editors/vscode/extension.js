// A thin client: it starts the server for C files and leaves everything else to it.
const { workspace, commands } = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

async function start() {
  const settings = workspace.getConfiguration('kfunc-lsp');
  const command = settings.get('path'), args = ['server', ...settings.get('arguments')];
  const run = { command, args, transport: TransportKind.stdio };
  client = new LanguageClient('kfunc-lsp', 'kfunc-lsp', { run, debug: run }, {
    documentSelector: [{ scheme: 'file', language: 'c' }],
    synchronize: { fileEvents: workspace.createFileSystemWatcher('**/{.kfunc-lsp.json,compile_commands.json,compile_flags.txt,.clangd}') },
  });
  await client.start();
}

exports.activate = async (context) => {
  context.subscriptions.push(commands.registerCommand('kfunc-lsp.restart', async () => {
    await client?.stop();
    await start();
  }));
  await start();
};

exports.deactivate = () => client?.stop();
