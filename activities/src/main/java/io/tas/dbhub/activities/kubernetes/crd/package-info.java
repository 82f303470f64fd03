/**
 * The custom resources as Java classes. The CRDs in {@code deploy/k8s/crds} are generated from
 * them: {@code mvn -pl activities -am test -Dtest=GeneratedCrdsTest -Dcrds.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.kubernetes.crd;
