#!/usr/bin/env bash
# Makes a OneLake shortcut to each gold table in the Tables of a Fabric lakehouse, so that Direct Lake and the SQL
# endpoint read them in place. Needs curl, and az signed in (az login). Not run against Fabric yet.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: create-shortcuts.sh --workspace ID --lakehouse ID --connection ID --account NAME --container NAME [OPTION...]

  --workspace ID     the Fabric workspace, a GUID
  --lakehouse ID     the lakehouse in it, a GUID
  --connection ID    a Fabric connection to the storage account that may read the container, a GUID
  --account NAME     the storage account
  --container NAME   the container of the lake
  --model FOLDER     the semantic model whose gold tables are meant (default: that of the weather)
  --folder PATH      the lake in the container (default: the model's)
  --dry-run          print the requests, one JSON text a line, and send nothing
EOF
}

fail() {
  echo "create-shortcuts.sh: $*" >&2
  exit 2
}

workspace='' lakehouse='' connection='' account='' container='' folder='' dry_run=
model=$(dirname "$0")/../Weather.SemanticModel
while [ $# -gt 0 ]; do
  case $1 in
    --workspace | --lakehouse | --connection | --account | --container | --folder | --model)
      [ $# -gt 1 ] || fail "$1 needs a value"
      declare "${1#--}=$2"
      shift 2
      ;;
    --dry-run) dry_run=1; shift ;;
    --help) usage; exit ;;
    *) fail "unknown option $1; --help lists them" ;;
  esac
done
[ -d "$model/definition/tables" ] || fail "--model: there is no semantic model in $model"
: "${folder:=$(sed -n 's/^expression Folder = "\([^"]*\)".*/\1/p' "$model/definition/expressions.tmdl")}"
for name in workspace lakehouse connection account container folder; do
  [[ ${!name} =~ ^[A-Za-z0-9._/-]+$ ]] || fail "--$name is missing or has a character that it cannot have"
done

# The body of the request that makes a shortcut to a table of gold.
body() {
  printf '{"path":"Tables","name":"%s","target":{"adlsGen2":{"location":"https://%s.dfs.core.windows.net","subpath":"/%s/%s/gold/%s","connectionId":"%s"}}}\n' \
    "$1" "$account" "$container" "$folder" "$1" "$connection"
}

if [ -z "$dry_run" ]; then
  token=$(az account get-access-token --resource https://api.fabric.microsoft.com --query accessToken --output tsv)
fi
# The tables that the model's queries read.
tables=$(sed -n 's/.*LakeTable("gold\/\([a-z0-9_]*\)".*/\1/p' "$model"/definition/tables/*.tmdl | sort -u)
[ -n "$tables" ] || fail "--model: $model reads no table of gold"
for table in $tables; do
  if [ -n "$dry_run" ]; then
    body "$table"
    continue
  fi
  # The token goes through a file descriptor: arguments can be read by every user of the machine.
  body "$table" | curl --fail-with-body --silent --show-error \
    --header 'Content-Type: application/json' --config <(printf 'header = "Authorization: Bearer %s"\n' "$token") \
    --data-binary @- "https://api.fabric.microsoft.com/v1/workspaces/$workspace/items/$lakehouse/shortcuts"
  echo
done
