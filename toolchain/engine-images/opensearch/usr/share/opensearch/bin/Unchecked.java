import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;

/** A node that starts without the checks of its machine: for tests on one that allows fewer open files than they ask for. */
public class Unchecked {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = Stream.of(arguments)
            .filter(argument -> argument.startsWith("-E"))
            .map(argument -> argument.substring(2).split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
        settings.put("path.home", System.getProperty("opensearch.path.home"));
        var name = settings.getOrDefault("node.name", System.getenv("HOSTNAME"));
        LogConfigurator.setNodeName(name);
        LogConfigurator.registerErrorListener();
        var config = Path.of(System.getProperty("opensearch.path.conf"));
        var environment = InternalSettingsPreparer.prepareEnvironment(Settings.EMPTY, settings, config, () -> name);
        LogConfigurator.configure(environment);
        var node = new Node(environment) {};
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception failure) {
                failure.printStackTrace();
            }
            stopped.countDown();
        }));
        node.start();
        stopped.await();
    }
}
