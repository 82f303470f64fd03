package io.tas.dbhub.worker.config;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/**
 * Says nothing of what a new build means for a workflow, for workers that are not told apart: the
 * SDK sends what the implementation's annotation says all the same, and the server refuses that.
 */
final class WithoutBuilds implements ClientInterceptor {
  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      @SuppressWarnings("unchecked") // a request of the same class
      public void sendMessage(Q message) {
        super.sendMessage(
            message instanceof RespondWorkflowTaskCompletedRequest completed
                ? (Q) completed.toBuilder().clearVersioningBehavior().build()
                : message);
      }
    };
  }
}
