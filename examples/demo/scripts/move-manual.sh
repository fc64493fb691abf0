# Moves the manual from manual/ to docs/, and what leads to it.
set -eu
mkdir -p docs
for page in wrapping csv; do
  mv "manual/$page.md" "docs/$page.md"
done
sed -i 's|(manual/|(docs/|g' README.md
