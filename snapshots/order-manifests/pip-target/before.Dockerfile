FROM public.ecr.aws/lambda/python:3.12
WORKDIR /function
COPY . .
RUN pip install --target ./package -r requirements.txt
