// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpHeaders;

/** In which formats Kinesis and its clients spoke. */
final class ContentTypes implements ExecutionInterceptor {
    private static final String CBOR = "application/x-amz-cbor-1.1";
    private static final String EVENTS = "application/vnd.amazon.eventstream";
    private final Map<Pair, Integer> calls = new ConcurrentHashMap<>();

    private record Pair(String request, String answer) {}

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        calls.merge(new Pair(typeOf(context.httpRequest()), typeOf(context.httpResponse())), 1, Integer::sum);
    }

    private static String typeOf(SdkHttpHeaders message) {
        return message.firstMatchingHeader("Content-Type").orElse("none");
    }

    /** The SDK speaks CBOR, but JSON where it wants events. */
    void addProblems(List<String> problems) {
        calls.keySet().stream().filter(pair -> !pair.answer.equals(pair.request.equals(CBOR) ? CBOR : EVENTS))
            .forEach(pair -> problems.add("spoke in other formats: " + pair));
        if (!calls.containsKey(new Pair(CBOR, CBOR))) problems.add("never spoke CBOR");
    }

    @Override
    public String toString() {
        return calls.toString();
    }
}
