# Shared by the commands in bin/. Sourced, not run.
unset CDPATH
invoked_from=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." || exit 1

say() { printf '%s\n' "$*" >&2; }

need() {
  command -v "$1" > /dev/null 2>&1 || { say "$1 is missing: $2"; exit 1; }
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

check_tools() {
  check_build_tools
  need npm "install Node.js with npm: DBHub is an npm package"
}

check_build_tools() {
  need "$java" "install a JDK 17 or newer"
  need mvn "install Maven 3.8 or newer"
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || { say "Java ${version:-?} is too old: install a JDK 17 or newer, or set JAVA_HOME"; exit 1; }
}

# Whether the module was compiled, and nothing of the given files and folders changed since.
compiled() {
  local module=$1 stamp=$1/target/classpath.txt
  shift
  [ -f "$stamp" ] && [ -d "$module/target/classes" ] && [ -z "$(find "$@" -newer "$stamp" -type f 2> /dev/null | head -n 1)" ]
}

# Compiles the given module and what it needs, unless nothing changed since the last time.
compile() {
  local module=$1
  if [ -d core/target/classes ] && compiled "$module" pom.xml ./*/pom.xml ./*/src/main tools deploy; then
    return
  fi
  build "$module"
}

build() {
  local module=$1 stamp=$1/target/classpath.txt log
  say "Building (the first time also downloads the libraries, some minutes) …"
  log=$(mktemp)
  if ! mvn -B -ntp -Pquick -DskipTests -pl "$module" -am \
    compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -DincludeScope=runtime 2>&1 \
    | tee "$log" | sed -un 's/^\[INFO\] Building \([a-z]*\) .*\(\[[0-9/]*\]\)$/  \1 \2/p' >&2 || ! grep -q 'BUILD SUCCESS' "$log"; then
    grep -F '[ERROR]' "$log" | head -n 20 >&2
    say "The build failed; all it said is in $log"
    rm -f "$stamp"
    return 1
  fi
  rm -f "$log"
  # The plugin leaves an unchanged file as old as it was.
  touch "$stamp"
}

class_path() { printf '%s' "$PWD/$1/target/classes:$(cat "$1/target/classpath.txt")"; }

# Runs a main class of the given module in this process. What runs for long sets compiler=4.
run() {
  local module=$1 main=$2
  shift 2
  CLASSPATH="$(class_path "$module")"
  export CLASSPATH
  exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=${compiler:-1} -Xmx512m -Dinvoked.from="$invoked_from" \
    -Dlogback.configurationFile=io/tas/dbhub/dev/logback.xml "$main" "$@"
}
