mkdir -p ~/.m2 && echo "<settings />" >~/.m2/settings.xml
